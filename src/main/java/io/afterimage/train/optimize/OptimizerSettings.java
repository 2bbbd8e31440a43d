package io.afterimage.train.optimize;

/**
 * Settings of the optimizer: Adam (Kingma and Ba, ICLR 2015) with decoupled weight decay.
 *
 * @param learningRate the rate after warm-up
 * @param warmupSteps steps over which the rate rises linearly from 0
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled weight decay of matrices and kernels, 0 for none
 * @param clipNorm greatest norm of the gradient; a larger gradient is scaled down to it
 */
public record OptimizerSettings(
    double learningRate,
    int warmupSteps,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double clipNorm) {}
